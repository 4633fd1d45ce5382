// denial.ts — the entry './denial': reading the text of a 403. Apart from the main entry, which loads it when it must.
export {
  type AccessDenial,
  type Denial,
  type DenialLayer,
  parseDenial,
  type SignatureDenial,
  type SignatureProblem,
} from './fetch/denial.js';
