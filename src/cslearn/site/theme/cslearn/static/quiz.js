// Quizzes and predictions. What was chosen is kept in this browser under
// "cslearn:quiz:<page>:<question>" as {"chosen": [option keys], "right": true | false | null}.
(() => {
  const read = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null; // Storage is off, or the entry is not ours: start afresh.
    }
  };
  const keep = (key, value) => {
    try {
      if (value) localStorage.setItem(key, JSON.stringify(value));
      else localStorage.removeItem(key);
    } catch {
      // Storage is off or full: the answer holds until the page closes.
    }
  };
  const line = (tag, className, text) => {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  };

  const start = (form) => {
    const key = `cslearn:quiz:${form.dataset.question}`;
    const predict = "predict" in form.dataset;
    const inputs = [...form.querySelectorAll("input")];
    const check = form.querySelector("[type=submit]");
    const again = form.querySelector(".again");
    const result = form.querySelector(".result");
    const answers = form.querySelector(".answers");
    const meaning = (input) => answers.querySelector(`[data-option="${input.value}"]`);
    const isRight = (input) => "right" in meaning(input).dataset;
    const judged = inputs.some(isRight);

    const copy = (input, before) => {
      const shown = meaning(input).cloneNode(true);
      if (before) shown.querySelector(".chosen").before(`${before} `);
      return shown;
    };
    const say = (headline, className, items) => {
      const list = document.createElement("ul");
      list.append(...items);
      result.className = `result ${className}`;
      result.replaceChildren(line("p", "headline", headline), list);
    };

    const reveal = (chosen) => {
      const left = inputs.filter((input) => isRight(input) && !chosen.includes(input));
      const right = chosen.every(isRight) && left.length === 0;
      const many = form.dataset.kind === "many";
      say(
        predict ? "Your prediction is kept." : right ? "✓ Right." : many && chosen.some(isRight) ? "✗ Partly right." : "✗ Not yet.",
        predict ? "noted" : right ? "good" : "poor",
        [
          ...chosen.map((input) => copy(input, predict ? "You predicted:" : "You chose:")),
          ...(many ? left.map((input) => copy(input, "You left out:")) : []),
        ],
      );
      for (const input of inputs) {
        input.disabled = true;
        const verdict = input.parentElement.querySelector(".verdict");
        if (judged && chosen.includes(input)) verdict.textContent = isRight(input) ? "✓ right" : "✗ not right";
        else if (many && left.includes(input)) verdict.textContent = "✓ also right";
        else if (predict && chosen.includes(input)) verdict.textContent = "your prediction";
      }
      check.hidden = true;
      again.hidden = predict;
      return predict && !judged ? null : right;
    };

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const chosen = inputs.filter((input) => input.checked);
      if (!chosen.length) {
        result.className = "result";
        result.replaceChildren(line("p", "", "Choose an answer first."));
        return;
      }
      const right = reveal(chosen);
      keep(key, { chosen: chosen.map((input) => input.value), right });
      // The button that had the focus is gone; the next useful thing takes it.
      if (!again.hidden) again.focus();
      else {
        result.tabIndex = -1;
        result.focus();
      }
      score();
    });
    again.addEventListener("click", () => {
      keep(key, null);
      form.reset();
      result.className = "result";
      result.replaceChildren();
      for (const input of inputs) {
        input.disabled = false;
        input.parentElement.querySelector(".verdict").textContent = "";
      }
      again.hidden = true;
      check.hidden = false;
      inputs[0].focus();
      score();
    });

    answers.hidden = true;
    form.querySelector(".actions").hidden = false;
    // A browser may put back what was ticked before a reload; only a kept answer counts.
    form.reset();
    const kept = read(key);
    const chosen = inputs.filter((input) => kept?.chosen?.includes(input.value));
    if (chosen.length) {
      for (const input of chosen) input.checked = true;
      reveal(chosen);
    }
  };

  const score = () => {
    for (const quiz of document.querySelectorAll(".quiz:not(.predict)")) {
      const forms = [...quiz.querySelectorAll(".question")];
      const right = forms.filter((form) => form.querySelector(".result.good")).length;
      const done = forms.filter((form) => form.querySelector(".result.good, .result.poor")).length;
      quiz.querySelector(".score").textContent = done ? `${right} of ${forms.length} right so far.` : "";
    }
  };

  document.querySelectorAll("[data-question]").forEach(start);
  score();
})();
