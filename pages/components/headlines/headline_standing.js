// What stands of a set: by whoever is here, with what is not answered yet on top of it, which `waits`; and by others.

function standing(kept, outbox) {
  const mine = { headlines: new Map(), all: false, thumb: 0, comment: "", waits: new Set() };
  const others = [];
  for (const each of kept) {
    if (each.person === outbox.name) apply(mine, each);
    else others.push(each);
  }
  outbox.gestures.forEach((each) => apply(mine, { ...each, waits: true }));
  return { mine, others };
}

function apply(mine, { kind, position, text, value, flags = [], waits = false }) {
  const isAboutAll = kind === "all_rejected" || (kind === "taken_back" && position == null);
  if (waits) mine.waits.add(isAboutAll ? "all_rejected" : kind);
  if (kind === "thumb") mine.thumb = value;
  else if (kind === "comment") mine.comment = text;
  else if (isAboutAll) {
    mine.headlines.clear();
    mine.all = kind === "all_rejected";
  } else {
    mine.headlines.set(position, { kind, text, flags, waits });
    if (kind !== "rejected") mine.all = false;
  }
}

function ownOf(mine, position) {
  return mine.headlines.get(position) ?? (mine.all ? { kind: "rejected", waits: mine.waits.has("all_rejected") } : {});
}

// Whoever rejected all rejected each that they said nothing else about.
function byOthers(others, position) {
  const about = others.filter((each) => each.position === position);
  const all = others.filter(({ kind, person }) => kind === "all_rejected" && !about.some((each) => each.person === person));
  return [...about, ...all.map((each) => ({ ...each, kind: "rejected", position }))];
}
