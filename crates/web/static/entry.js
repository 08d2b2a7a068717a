// The form at the door: remembers the name typed, on this computer only.

const KEY = 'eroom.name';
const name = document.getElementById('name');

if (name) {
  if (!name.value) name.value = localStorage.getItem(KEY) ?? '';
  document.getElementById('entry').addEventListener('submit', () => {
    const typed = name.value.trim();
    if (typed) localStorage.setItem(KEY, typed);
  });
}
