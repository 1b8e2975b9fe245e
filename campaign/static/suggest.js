// What may be meant while a place is typed: an ARIA combobox over a control that works without.
const WAIT = 150; // milliseconds after the last letter

function optionOf({ words, more }, id, take) {
  const option = document.createElement("li");
  const small = document.createElement("bdi");
  small.className = "label";
  small.textContent = more;
  option.append(words, small);
  option.id = id;
  option.dataset.words = words;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.addEventListener("pointerdown", (event) => { event.preventDefault(); take(option); });
  return option;
}

class Suggestions {
  constructor(input) {
    this.input = input;
    this.list = document.createElement("ul");
    this.list.className = "suggestions";
    this.list.id = `${input.id}-suggestions`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "What may be meant");
    const frame = document.createElement("div");
    frame.className = "suggesting";
    input.replaceWith(frame);
    frame.append(input, this.list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-controls", this.list.id);
    input.setAttribute("aria-autocomplete", "list");
    this.close();
    input.addEventListener("input", () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.ask(), WAIT); });
    input.addEventListener("blur", () => { clearTimeout(this.timer); this.asking?.abort(); this.close(); });
    input.addEventListener("keydown", (event) => this.key(event));
  }

  async ask() {
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const address = `${this.input.dataset.suggest}?${new URLSearchParams({ q: this.input.value })}`;
      const answer = await fetch(address, { signal: this.asking.signal });
      if (answer.ok && document.activeElement === this.input) this.show(await answer.json());
    } catch { this.close(); } // Nobody answers: the words are read when they are sent.
  }

  show(found) {
    this.list.replaceChildren(...found.map((one, n) => optionOf(one, `${this.list.id}-${n}`, (option) => this.take(option))));
    this.at = -1;
    this.list.hidden = !found.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.input.removeAttribute("aria-activedescendant");
  }

  close() { this.show([]); }

  take(option) {
    this.input.value = option.dataset.words;
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    this.close();
  }

  move(step) {
    const all = [...this.list.children];
    if (!all.length) return;
    this.at = (this.at + step + all.length) % all.length;
    all.forEach((option, n) => option.setAttribute("aria-selected", String(n === this.at)));
    this.input.setAttribute("aria-activedescendant", all[this.at].id);
    all[this.at].scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !this.list.hidden) { event.preventDefault(); this.move(step); }
    if (event.key === "Escape") this.close();
    if (event.key === "Enter" && this.at >= 0) { event.preventDefault(); this.take(this.list.children[this.at]); }
  }
}

document.querySelectorAll("input[data-suggest]").forEach((input) => new Suggestions(input));
