// What script adds to the Marketplace's pages: copying, a search that does not load the page anew, one menu. All of
// it works without.

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
}

const menu = document.querySelector(".develop");
document.addEventListener("click", (event) => { if (menu && !menu.contains(event.target)) menu.open = false; });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu?.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// Only where the page lists every scope: one that was loaded for a search knows no others.
const finder = document.getElementById("finder");
const count = document.getElementById("count");
const rows = [...document.querySelectorAll("[data-find]")];
if (finder && rows.length === Number(count.dataset.all)) {
  const filter = () => {
    const words = finder.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !words.every((word) => row.dataset.find.includes(word));
      if (!row.hidden) shown += 1;
    }
    for (const box of document.querySelectorAll("#choices fieldset, #choices .product")) {
      box.hidden = !box.querySelector("[data-find]:not([hidden])");
    }
    count.textContent = `${shown} of ${rows.length} scopes`;
  };
  finder.q.addEventListener("input", filter);
  finder.addEventListener("submit", (event) => { event.preventDefault(); filter(); });
}
