// What a picture shows leads to a theme or to records without loading the whole page anew, and a
// list of pages gives way to the page.
if (!window.linkerFollows) {
  window.linkerFollows = true;
  // On a narrow screen the list of pages lies over the page that was chosen from it.
  const NARROW = 768;
  document.addEventListener("click", ({ target }) => {
    if (innerWidth < NARROW && target.closest?.("[data-testid=stSidebarNavLink]"))
      document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
  });
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
