/** Choices that the browser keeps. Nothing else is stored: no token, no personal data. */
export interface Preferences {
  theme: 'light' | 'dark' | 'auto';
  density: 'comfortable' | 'compact';
  /** Language of pages before log-in. */
  language: 'en' | 'ru';
  shortcuts: 'on' | 'off';
}

const CHOICES: { [Key in keyof Preferences]: readonly Preferences[Key][] } = {
  theme: ['light', 'dark', 'auto'],
  density: ['comfortable', 'compact'],
  language: ['en', 'ru'],
  shortcuts: ['on', 'off'],
};

const keyOf = (name: keyof Preferences): string => `popug.${name}`;

/** Returns a stored choice; null when nothing, or nothing known, is stored. */
export function readPreference<Key extends keyof Preferences>(name: Key): Preferences[Key] | null {
  try {
    const stored = localStorage.getItem(keyOf(name));
    return CHOICES[name].find((choice) => choice === stored) ?? null;
  } catch (error) {
    console.info('This browser stores no preferences', error);
    return null;
  }
}

/** Stores a choice; a browser that stores nothing forgets it with the page. */
export function keepPreference<Key extends keyof Preferences>(
  name: Key,
  choice: Preferences[Key],
): void {
  try {
    localStorage.setItem(keyOf(name), choice);
  } catch (error) {
    console.info('This browser stores no preferences', error);
  }
}
