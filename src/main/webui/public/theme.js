// Before the first paint: the theme that was chosen, else the system's.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem('segue.theme');
  } catch (e) {
    // Storage may be switched off.
  }
  var dark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
