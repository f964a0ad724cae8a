// What a box sends, and what it says when nobody answers. Messages are numbered, and the trait `heard` is the last that
// Python has taken; until then the box looks once a second. A busy kernel comes to it later. From any other no reply will
// come: it has stopped, or anywidget gave this box up, as it does when a busy page takes more than two seconds to load
// one, and then drops all that Python tells it. Python puts this file in front of `box.js`.
const WORKING = "Still working", LOST = "No reply: press Start the lesson, above. What you typed stays here.";
const LONG = 3; // seconds without a reply while the kernel has nothing to do
const PRESSES = ["check", "hint", "over", "show"];
const unheard = (window.limaUnheard ??= new Map()); // of the whole page: what stands in a question and was not heard

// `read` gives what stands in the inputs; `tell` shows words, none once all was heard, and `box.say` speaks them.
function sending(model, box, read, tell) {
  const heard = () => model.get("heard") ?? 0;
  let last = "", n = heard(), seconds = 0, quiet = 0, spoken = "", timer;

  function look() {
    seconds += 1;
    quiet = model.widget_manager?.kernel?.status === "busy" ? 0 : quiet + 1;
    if (quiet && quiet < LONG) return;
    const words = quiet ? LOST : WORKING;
    tell(quiet ? LOST : `${WORKING}: ${seconds} s`);
    if (spoken !== words) box.say(words);
    spoken = words;
    if (quiet) end();
  }

  function end() {
    clearInterval(timer);
  }

  function keep() {
    const value = read();
    model.set("value", value);
    model.save_changes();
    note();
    return value;
  }

  function note() { // what stands there now is known to Python
    last = JSON.stringify(read());
  }

  function send(act) { // a message is not held back as a trait may be, so it carries the value itself
    const value = keep();
    unheard.set(box.id, value);
    if (heard() >= n || PRESSES.includes(act)) { // for each press it is said anew
      [seconds, quiet, spoken] = [0, 0, ""];
      end();
      timer = setInterval(look, 1000);
    }
    n = Math.max(n, heard()) + 1; // it may be heard from another page as well
    try {
      model.send({ n, do: act, value });
    } catch { // the kernel has stopped: no reply comes, and that will be said
    }
  }

  function answered() {
    if (heard() < n) return;
    unheard.delete(box.id);
    end();
    tell("");
  }

  function left() { // what another box of this question could not bring to a kernel; a start brings it
    const value = unheard.get(box.id);
    unheard.delete(box.id);
    return value;
  }

  return { keep, note, send, answered, left, end, changed: () => JSON.stringify(read()) !== last && send("typed") };
}
