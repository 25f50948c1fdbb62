// What a picture shows leads to a theme or to records without loading the whole page anew.
if (!window.linkerFollows) {
  window.linkerFollows = true;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".picture a[href]");
    const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey;
    if (!link || elsewhere || event.defaultPrevented) return;
    event.preventDefault();
    history.pushState({}, "", link.getAttribute("href"));
    // As after a step back, the front end asks for the page of the address.
    dispatchEvent(new PopStateEvent("popstate"));
  });
}
