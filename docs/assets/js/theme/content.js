// The theme's own script behind a page's text, in a file: a link to a tab opens it.
{
  const target = document.getElementById(location.hash.slice(1));
  if (target?.name) target.checked = target.name.startsWith("__tabbed_");
}
