type Admission = typeof import('../systems/kubernetes/admission');

/** What the API server refuses of an object. Loaded with the first object that is judged: it is a twelfth of loading the library. */
export const faultsOf: Admission['faultsOf'] = (...given) =>
  (require('../systems/kubernetes/admission') as Admission).faultsOf(...given);
