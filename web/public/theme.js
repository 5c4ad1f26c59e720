// Sets colour scheme and density before the first paint: a file, as the policy forbids inline
// scripts. The keys are those of src/lib/preferences.ts.
(function () {
  function read(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // The browser keeps nothing: the system's scheme counts.
    }
  }
  const chosen = read('popug.theme');
  const isDark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  const root = document.documentElement;
  root.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light');
  root.setAttribute(
    'data-density',
    read('popug.density') === 'compact' ? 'compact' : 'comfortable',
  );
})();
