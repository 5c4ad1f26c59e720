import { useLanguage } from './use-language';
import classes from './tabs.module.css';

/** States of a list, with their counts: pressed one at a time. */
export function Tabs<Value extends string>({
  label,
  items,
  value,
  onChange,
}: {
  label: string;
  items: readonly { value: Value; label: string; count?: number | undefined }[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  const language = useLanguage();
  return (
    <div className={classes['tabs']} role="group" aria-label={label}>
      {items.map((item) => (
        <button
          key={item.value}
          type="button"
          aria-pressed={item.value === value}
          onClick={() => onChange(item.value)}
        >
          {item.label}
          {item.count !== undefined && ` ${item.count.toLocaleString(language)}`}
        </button>
      ))}
    </div>
  );
}
