// Keeps JupyterLab's single-letter shortcuts away from the kit's outputs, speaks for the kit through one live region,
// and tells a reader whose kernel has stopped that nothing is being saved.
const FOCUSABLE = "input, textarea, select, button, summary, a[href], [tabindex]";
const STOPPED = "Not saved: the kernel has stopped. Run → Run All Cells brings your saved answers back.";

function shield(root) {
  for (const output of root.querySelectorAll?.(".jp-OutputArea-output") ?? []) {
    for (const element of output.querySelectorAll(FOCUSABLE)) element.dataset.lmSuppressShortcuts = "true";
  }
  if (root.closest?.(".jp-OutputArea-output")) {
    for (const element of root.querySelectorAll(FOCUSABLE)) element.dataset.lmSuppressShortcuts = "true";
    if (root.matches(FOCUSABLE)) root.dataset.lmSuppressShortcuts = "true";
  }
}

function typed(output) {
  const boxes = [...output.querySelectorAll("textarea, input[type=text], .lima-marks q")];
  return boxes.map((box) => box.value ?? box.textContent).filter((words) => words.trim()).join("\n");
}

function warn(output, speak) {
  if (!output.querySelector(".lima-question") || output.querySelector(".lima-stopped")) return;
  const notice = document.createElement("div");
  notice.className = "lima-stopped";
  notice.textContent = STOPPED;
  const words = typed(output);
  if (words) {
    const copy = document.createElement("button");
    copy.textContent = "Copy what I typed";
    copy.className = "jupyter-button";
    copy.dataset.lmSuppressShortcuts = "true";
    const kept = document.createElement("textarea");
    kept.readOnly = true;
    kept.setAttribute("aria-label", "What you typed");
    kept.dataset.lmSuppressShortcuts = "true";
    copy.onclick = () => { kept.value = typed(output).split("\n" + kept.value)[0]; kept.select(); document.execCommand("copy"); };
    kept.value = words;
    notice.append(copy, kept);
  }
  output.append(notice);
  speak(STOPPED);
}

export default {
  render({ model, el }) {
    const region = document.createElement("div");
    region.className = "lima-live";
    region.setAttribute("role", "status");
    region.setAttribute("aria-live", "polite");
    el.append(region);
    const speak = (words) => { region.textContent = ""; setTimeout(() => { region.textContent = words; }, 50); };
    model.on("change:said", () => speak(model.get("said").replace(/\u200b/g, "")));
    const look = () => {
      for (const dead of document.querySelectorAll(".jupyter-widgets-disconnected")) {
        const output = dead.closest(".jp-OutputArea-output");
        if (output) warn(output, speak);
      }
    };
    const observer = new MutationObserver((changes) => {
      for (const change of changes) for (const node of change.addedNodes) if (node.nodeType === 1) shield(node);
      if (changes.some((change) => change.type === "attributes")) look();
    });
    shield(document.body);
    observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
    return () => observer.disconnect();
  },
};
