// What is typed is kept on the server while it is typed, and nowhere in the browser; and who else has the case open.
// Without this file rows, conflicts and lost sessions still keep it; only a closed tab loses what was never sent.
const PAUSE = 1200; // milliseconds after the last change
const AT_MOST = 10000; // while somebody types without a pause
const AGAIN = 5000; // after nobody answered
const BEAT = 30000;
const form = document.querySelector("form[data-keep]");
const said = document.querySelector("[data-kept]");

class Keeping {
  constructor() {
    this.kept = this.typed();
    this.since = 0;
    for (const kind of ["input", "change"]) form.addEventListener(kind, () => this.heard());
    form.addEventListener("submit", () => { this.isLeaving = true; });
    addEventListener("pageshow", (event) => { if (event.persisted) this.isLeaving = false; });
    addEventListener("pagehide", () => this.last());
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.last(); });
    addEventListener("beforeunload", (event) => { if (!this.isLeaving && this.typed() !== this.kept) event.preventDefault(); });
    document.addEventListener("click", (event) => this.follow(event));
  }

  typed() { return new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")).toString(); }

  heard() {
    this.since ||= Date.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), Date.now() - this.since > AT_MOST ? 0 : PAUSE);
  }

  // A link in this tab waits until what was typed is kept.
  follow(event) {
    const link = event.target.closest?.("a[href]");
    const isHere = link && !link.target && !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!isHere || link.pathname + link.search === location.pathname + location.search || this.typed() === this.kept) return;
    event.preventDefault();
    this.keep().then((isKept) => { if (isKept) location.assign(link.href); });
  }

  async keep() {
    clearTimeout(this.timer);
    this.since = 0;
    const typed = this.typed();
    if (typed === this.kept) return true;
    try {
      const answer = await fetch(form.dataset.keep, { method: "POST", body: new URLSearchParams(typed) });
      const told = await answer.json();
      this.tell(told.said);
      if (answer.ok) document.dispatchEvent(new Event("session-used"));
      if (answer.ok || answer.status === 401) this.kept = typed;
      return answer.ok || answer.status === 401;
    } catch {
      this.tell("Not kept: nobody answers. It is tried again; do not close this page.");
      this.timer = setTimeout(() => this.keep(), AGAIN);
      return false;
    }
  }

  // The page goes: a beacon is sent even so, up to 64 kB of it.
  last() {
    const typed = this.typed();
    if (this.isLeaving || typed === this.kept) return;
    if (navigator.sendBeacon(form.dataset.keep, new URLSearchParams(typed))) this.kept = typed;
  }

  tell(sentence) { if (said && said.textContent !== sentence) said.textContent = sentence; }
}

// Each says that they are here, and hears who else is. This keeps no session alive.
class Presence {
  constructor() {
    this.place = document.querySelector(".present");
    addEventListener("pagehide", () => navigator.sendBeacon(form.dataset.left, this.token()));
    this.ask();
    setInterval(() => this.ask(), BEAT);
  }

  token() { return new URLSearchParams({ csrf_token: form.elements.csrf_token.value }); }

  // The answer is read as a document: no text becomes markup here.
  ask() {
    if (document.hidden) return;
    const asking = new XMLHttpRequest();
    asking.responseType = "document";
    asking.open("POST", form.dataset.here);
    asking.setRequestHeader("X-Poll", "1");
    asking.addEventListener("load", ({ target }) => this.show(target.response?.querySelector("p.present")));
    asking.send(this.token());
  }

  show(piece) {
    if (!piece || piece.textContent === this.place.textContent) return;
    this.place.replaceWith(piece);
    this.place = piece;
  }
}

if (form) new Keeping();
if (form?.dataset.here) new Presence();
