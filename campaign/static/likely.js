// While a person is typed: who they may be, as the server tells it. Without this file a button of the form asks.
// The answer is read as a document: no text becomes markup here. Nothing moves the focus.
const WAIT = 600; // milliseconds after the last change
const ALWAYS = ["csrf_token", "version"];

class Likely {
  constructor(place) {
    this.place = place;
    this.form = place.closest("form");
    this.said = document.getElementById("likely-said");
    this.compared = place.dataset.fields.split(" ");
    this.sent = "unasked" in place.dataset ? "" : this.typed();
    this.form.addEventListener("input", (event) => this.heard(event.target));
    this.form.addEventListener("change", (event) => this.heard(event.target)); // what a list of places put there
    place.addEventListener("focusout", () => { if (this.kept) setTimeout(() => this.show(this.kept)); });
    place.querySelector(".ask").addEventListener("click", (event) => { event.preventDefault(); this.sent = ""; this.ask(); });
    if (!this.sent) this.ask();
  }

  // The field of a row is numbered: names-0-text. What was picked for a place stands beside it: birth_place-pick.
  isCompared(name) { return this.compared.includes(name.replace(/-\d+-/g, "-").replace(/-pick$/, "")); }

  typed() {
    const all = [...new FormData(this.form)];
    return new URLSearchParams(all.filter(([name]) => ALWAYS.includes(name) || this.isCompared(name))).toString();
  }

  heard(control) {
    if (!this.isCompared(control.name ?? "")) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  ask() {
    clearTimeout(this.timer);
    const typed = this.typed();
    if (typed === this.sent) return;
    this.sent = typed;
    this.asking?.abort();
    this.asking = new XMLHttpRequest();
    this.asking.responseType = "document";
    this.asking.open("POST", this.place.dataset.likely);
    this.asking.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    this.asking.addEventListener("load", ({ target }) => this.show(target.response?.querySelector(".piece")));
    this.asking.addEventListener("error", () => this.show());
    this.asking.send(typed);
  }

  show(piece) {
    const old = this.place.querySelector(".piece");
    this.kept = piece && old.contains(document.activeElement) ? piece : null;
    if (this.kept) return; // somebody is in there: it changes when they leave
    if (piece) old.replaceWith(piece);
    else this.sent = "";
    const sentence = piece ? piece.dataset.sentence : "Not compared just now; ask again.";
    if (this.said.textContent !== sentence) this.said.textContent = sentence;
  }
}

document.querySelectorAll("[data-likely]").forEach((place) => new Likely(place));
