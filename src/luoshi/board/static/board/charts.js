// Charts of the dashboards: the option of each stands beside it as JSON. Without this, the sentence and the table are there.
// A canvas on the page; what is saved is a picture of it, or the same chart drawn as SVG.
const QUIET = { renderer: "canvas" };

function save(address, name) {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}

function vector(option, chart, name) {
  const drawn = window.echarts.init(null, null, { renderer: "svg", ssr: true, width: chart.getWidth(), height: chart.getHeight() });
  drawn.setOption({ ...option, backgroundColor: "#fff" });
  const address = URL.createObjectURL(new Blob([drawn.renderToSVGString()], { type: "image/svg+xml" }));
  drawn.dispose();
  save(address, `${name}.svg`);
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function draw(place) {
  const option = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  const panel = place.closest("section");
  place.hidden = false;
  place.style.height = `${place.dataset.height}px`;
  const chart = window.echarts.init(place, null, QUIET);
  chart.setOption(option);
  new ResizeObserver(() => chart.resize()).observe(place);
  for (const button of panel.querySelectorAll("[data-save]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      if (button.dataset.save === "svg") vector(option, chart, place.dataset.name);
      else save(chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: "#fff" }), `${place.dataset.name}.png`);
    });
  }
}

if (window.echarts) for (const place of document.querySelectorAll("[data-chart]")) draw(place);
// A printed page shows the tables too.
addEventListener("beforeprint", () => { for (const box of document.querySelectorAll("details.board-table")) box.open = true; });
