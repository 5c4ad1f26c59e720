import '@mantine/core/styles/ActionIcon.css';
import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/PasswordInput.css';
import '@mantine/core/styles/InlineInput.css';
import '@mantine/core/styles/Checkbox.css';

/** Fields of forms, with their styles, which pages without a form do not load. */
export { Checkbox, NativeSelect, PasswordInput, TextInput, Textarea } from '@mantine/core';
