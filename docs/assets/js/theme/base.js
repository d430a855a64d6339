// The theme's own script in the head of a page, in a file: what it keeps in the browser.
{
  const scope = new URL(document.currentScript.dataset.scope, location);
  Object.assign(globalThis, {
    __md_scope: scope,
    __md_hash: (text) => [...text].reduce((sum, letter) => (sum << 5) - sum + letter.charCodeAt(0), 0),
    __md_get: (key, storage = localStorage, at = scope) => JSON.parse(storage.getItem(`${at.pathname}.${key}`)),
    __md_set: (key, value, storage = localStorage, at = scope) => {
      try { storage.setItem(`${at.pathname}.${key}`, JSON.stringify(value)); } catch { /* a full or closed store */ }
    },
  });
}
