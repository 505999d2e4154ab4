// Where Northfold's tables come from: on a page, files beside the site's other files, each
// fetched when it is asked for; in a notebook, traits of the widget.

// catalogue() gives the tables' descriptions, text(name) a table as CSV; both are promises. Trouble: the class of errors.
export function sourceOf(model, Trouble) {
  const file = async (name) => {
    const answered = await fetch(new URL(`../data/${name}`, import.meta.url));
    if (!answered.ok) throw new Trouble(`${name} did not come (${answered.status}). Try again.`);
    return answered;
  };
  // Few hosts compress CSV on its way, and a log is six times as large without. An old browser takes the plain file.
  const text = async (name) => {
    if (typeof DecompressionStream !== "function") return (await file(`${name}.csv`)).text();
    const packed = await file(`${name}.csv.gzip`);
    return new Response(packed.body.pipeThrough(new DecompressionStream("gzip"))).text();
  };
  // What is no table, such as the minutes, has no schema.
  const tablesIn = (document) => document?.resources.filter((one) => one.schema);
  const inNotebook = () => tablesIn(model.get("package"));
  return {
    catalogue: async () => inNotebook() ?? tablesIn(await (await file("datapackage.json")).json()),
    text: (name) => (inNotebook() ? fromKernel(model, name, Trouble) : text(name)),
  };
}

function fromKernel(model, name, Trouble) {
  return new Promise((resolve, reject) => {
    const look = () => {
      const came = model.get("csv");
      if (came?.name !== name) return;
      model.off("change:csv", look);
      if (came.problem) reject(new Trouble(came.problem));
      else resolve(came.text);
    };
    model.on("change:csv", look);
    look();
    if (model.get("csv")?.name === name) return;
    model.set("wanted", name);
    model.save_changes();
  });
}
