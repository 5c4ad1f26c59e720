import { useMantineColorScheme } from '@mantine/core';
import { keepPreference, type Preferences } from '../../lib/preferences';

export const THEMES = ['light', 'dark', 'auto'] as const;
type Theme = Preferences['theme'];

/** The colours of pages, kept by this browser. */
export function useThemeChoice(): { theme: Theme; choose: (theme: Theme) => void } {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return {
    theme: colorScheme,
    choose(theme) {
      keepPreference('theme', theme);
      setColorScheme(theme);
    },
  };
}
