/** Style sheet of the API page, for light and dark mode. */
export const apiPageStyle = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 2.5rem; text-transform: capitalize; }
h4 { margin: 0.5rem 0 0; text-transform: capitalize; }
details { padding: 0.4rem 0;
  border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
summary { cursor: pointer; }
summary b { display: inline-block; min-width: 4.5rem; }
pre { overflow-x: auto; padding: 0.75rem; border-radius: 0.25rem;
  background: color-mix(in srgb, currentColor 8%, transparent); }
`;
