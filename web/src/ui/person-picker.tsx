import { Suspense, lazy, type ReactNode } from 'react';
import type { Person } from '../api/people';
import { TextInput } from './fields';

export interface PersonPickerProps {
  label: string;
  /** Id of the chosen person; null for nobody. */
  value: string | null;
  onChange: (id: string | null) => void;
  /** Who may be chosen; everybody, unless it is given. */
  isOffered?: (person: Person) => boolean;
  error?: ReactNode;
}

const Select = lazy(async () => ({ default: (await import('./person-select')).PersonSelect }));

/** Field for one person, found by a piece of the nickname; its code comes when it is shown. */
export function PersonPicker(props: PersonPickerProps) {
  return (
    <Suspense fallback={<TextInput label={props.label} disabled />}>
      <Select {...props} />
    </Suspense>
  );
}
