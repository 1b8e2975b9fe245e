// Comfort for the desk: keys, the place of a new row. All of it works without.
const typing = (element) => element.matches("input, textarea, select, [contenteditable]");
const rows = () => [...document.querySelectorAll("[data-moves] tbody tr")];

function move(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.classList.contains("here"));
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  all.forEach((row) => row.classList.toggle("here", row === next));
  next.querySelector("a").focus();
}

const keys = {
  "/": () => document.querySelector("#find, #q")?.focus(),
  j: () => move(1),
  k: () => move(-1),
  e: () => document.querySelector("[data-key='e']")?.click(),
  s: () => document.querySelector("[data-key='s']")?.click(),
  "?": () => document.querySelector("#keys")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  // A field takes letters; Esc leaves it, so that keys act again.
  if (event.key === "Escape" && typing(event.target)) event.target.blur();
  if (document.querySelector("dialog[open]")) return;
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !(event.key in keys)) return;
  event.preventDefault();
  keys[event.key]();
});

const form = document.querySelector("form.edit");
if (form) {
  const place = form.dataset.at && document.getElementById(form.dataset.at);
  if (place) {
    place.scrollIntoView({ block: "center" });
    const first = place.matches("[tabindex]") ? place : place.querySelector("input:not([type='hidden']), select, textarea, button");
    first?.focus({ preventScroll: true });
  }
}
document.querySelector("#wrong")?.focus();
document.querySelector("[href$='/staff/keys']")?.addEventListener("click", (event) => {
  event.preventDefault();
  keys["?"]();
});

// A job that runs outside the page: its progress is looked at again, and its end leads on.
const waiting = document.querySelector("[data-waits]");
function lookAgain() {
  const asking = new XMLHttpRequest();
  asking.responseType = "document"; // no text becomes markup here
  asking.open("GET", waiting.href);
  asking.setRequestHeader("X-Poll", "1");
  asking.addEventListener("load", () => {
    if (asking.status !== 200 || !asking.response?.querySelector("[data-waits]")) return location.replace(waiting.href);
    document.querySelector("#progress").replaceWith(asking.response.querySelector("#progress"));
    setTimeout(lookAgain, 3000);
  });
  asking.send();
}
if (waiting) setTimeout(lookAgain, 3000);

// "Tick all on this page" loads nothing anew, and what is typed stays.
for (const link of document.querySelectorAll("[data-ticks]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.querySelectorAll(`input[type="checkbox"][name="${link.dataset.ticks}"]`).forEach((box) => { box.checked = true; });
  });
}
