// While a name is typed: who it may be, as the server tells it. Without this file the form asks once it is sent.
// The answer is read as a document: no text becomes markup here.
function ask(place, name) {
  const request = new XMLHttpRequest();
  request.responseType = "document";
  request.open("GET", `${place.dataset.likely}?${new URLSearchParams({ name })}`);
  request.addEventListener("load", () => {
    if (request.status === 200 && request.response) place.replaceChildren(...request.response.body.childNodes);
  });
  request.send();
}

for (const place of document.querySelectorAll("[data-likely]")) {
  const input = document.getElementById(place.dataset.of);
  input?.addEventListener("change", () => ask(place, input.value));
}
