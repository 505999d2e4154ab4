// Where Northfold's tables come from: on a page, files beside the site's other files, each
// fetched when it is asked for; in a notebook, traits of the widget.

// catalogue() gives the tables' descriptions, text(name) a table as CSV; both are promises. Trouble: the class of errors.
export function sourceOf(model, Trouble) {
  const file = async (name) => {
    const answered = await fetch(new URL(`../data/${name}`, import.meta.url));
    if (!answered.ok) throw new Trouble(`${name} did not come (${answered.status}). Try again.`);
    return answered.text();
  };
  // What is no table, such as the minutes, has no schema.
  const tablesIn = (document) => document?.resources.filter((one) => one.schema);
  const inNotebook = () => tablesIn(model.get("package"));
  return {
    catalogue: async () => inNotebook() ?? tablesIn(JSON.parse(await file("datapackage.json"))),
    text: (name) => (inNotebook() ? fromKernel(model, name, Trouble) : file(`${name}.csv`)),
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
