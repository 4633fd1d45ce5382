// Every lint rule, in the order of docs/lint.md (a test holds the two together). Findings are sorted by place, so the
// order here decides nothing.
import type { Rule } from './rule.js';
import { ACTION_RULES } from './rules/actions.js';
import { CONDITION_KEY_RULES } from './rules/condition-keys.js';
import { CONDITION_VALUE_RULES } from './rules/condition-values.js';
import { ELEMENT_RULES } from './rules/elements.js';
import { KEY_VALUE_RULES } from './rules/key-values.js';
import { LATTICE_CONDITION_RULES } from './rules/lattice-conditions.js';
import { LATTICE_RESOURCE_RULES } from './rules/lattice-resources.js';
import { OPEN_ACCESS_RULES } from './rules/open-access.js';
import { PRINCIPAL_RULES } from './rules/principals.js';
import { REDUNDANCY_RULES } from './rules/redundancy.js';
import { RESOURCE_RULES } from './rules/resources.js';

export const RULES: readonly Rule[] = [
  ...ELEMENT_RULES,
  ...PRINCIPAL_RULES,
  ...ACTION_RULES,
  ...RESOURCE_RULES,
  ...CONDITION_KEY_RULES,
  ...KEY_VALUE_RULES,
  ...CONDITION_VALUE_RULES,
  ...LATTICE_RESOURCE_RULES,
  ...LATTICE_CONDITION_RULES,
  ...OPEN_ACCESS_RULES,
  ...REDUNDANCY_RULES,
];
