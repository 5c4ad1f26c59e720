/** Style sheet of the bank's page. */
export const BOOK_STYLE = `
:root { color-scheme: light dark; --line: #8886; --accent: #0b57d0 }
@media (prefers-color-scheme: dark) { :root { --accent: #8ab4f8 } }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 75rem; padding: 1rem }
h1, h2 { line-height: 1.2 }
nav a { margin-right: 1rem }
a { color: var(--accent) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.skip { position: absolute; left: -999px }
.skip:focus { left: 1rem; top: .5rem }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
.grid { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)) }
fieldset { border: 1px solid var(--line); border-radius: .5rem; min-width: 0 }
legend { font-weight: 600; padding: 0 .4rem }
label { display: block; margin-top: .5rem }
.choice input { margin-right: .5rem }
textarea, input[type=number], input:not([type]) { font: inherit; box-sizing: border-box;
  width: 100%; padding: .3rem .5rem }
.hint { font-size: .9rem; margin: .6rem 0 0; opacity: .85 }
button { font: inherit; padding: .4rem 1rem; cursor: pointer }
.notice, .faults { border: 1px solid var(--line); border-left: .4rem solid var(--accent);
  padding: .6rem 1rem }
.faults { border-left-color: #c5221f }
.scroll { overflow-x: auto; position: relative }
table { border-collapse: collapse }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .8rem; text-align: left;
  vertical-align: top }
td:nth-child(1), td:nth-child(4) { white-space: nowrap }
td:nth-child(4) { text-align: right }
.return td { font-style: italic }
`;
