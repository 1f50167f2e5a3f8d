// Who is at the keyboard: one name for all that is in a window, and a cookie for what this browser opens next.
const PERSON = "copydesk_person";
const A_YEAR = 31536000;

const here = (window.copydeskPerson ??= { name: null, said: "" });

// Null as long as nobody was asked. An empty name was taken back.
function personName() {
  here.name ??= fromCookie();
  return here.name;
}

function fromCookie() {
  const kept = document.cookie.split("; ").find((each) => each.startsWith(`${PERSON}=`));
  if (!kept) return null;
  try {
    return decodeURIComponent(kept.slice(PERSON.length + 1));
  } catch {
    return null; // Somebody else wrote that.
  }
}

function setPersonName(name) {
  here.name = name;
  const safe = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${PERSON}=${encodeURIComponent(name)}; path=/; max-age=${A_YEAR}; samesite=strict${safe}`;
}

// What the server says counts where it is news; what was said in this window since may not have reached it yet.
function followServer(name) {
  if (name === here.said) return;
  here.said = name;
  if (name !== personName()) setPersonName(name);
}
