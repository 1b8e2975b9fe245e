// Five minutes before a session ends its page says so: thirty minutes after the last sign of somebody, twelve hours in all.
const IDLE = 30 * 60; // seconds
const BEFORE = 5 * 60;
const EACH = 10000; // milliseconds
const { ends, now, stay } = document.body.dataset;
const place = document.querySelector("[data-session]");
const ahead = Date.now() / 1000 - Number(now); // of this clock before the server's
const clock = () => Date.now() / 1000 - ahead;
let used = Number(now);

const words = document.createElement("span");
const button = document.createElement("button");
button.className = "button plain";
button.textContent = "Stay signed in";
button.addEventListener("click", async () => {
  const answer = await fetch(stay);
  if (answer.ok && !answer.redirected) { used = clock(); look(); }
});
document.addEventListener("session-used", () => { used = clock(); look(); });

function sentence(end) {
  if (clock() >= end) return "You are signed out. What you typed here is kept when you press Save: sign in then, and you will see it.";
  const at = new Date((end + ahead) * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  return `You will be signed out at ${at}. What you type is kept.`;
}

function look() {
  const end = Math.min(used + IDLE, Number(ends));
  place.hidden = clock() < end - BEFORE;
  if (place.hidden) return;
  if (words.textContent !== sentence(end)) words.textContent = sentence(end);
  button.hidden = clock() >= end || end === Number(ends);
  if (!words.isConnected) place.replaceChildren(words, " ", button);
}

if (ends && place) { look(); setInterval(look, EACH); }
