// A page that is left takes its elements along before the server knows: what it then asks for arrives without them. JsObjectModule.cs knows
// the message, and takes it for the end of the component rather than for a fault.
const gone = 'The element is gone.';

/** The element, which must be there. */
export function required(element) {
  if (!element) {
    throw new Error(gone);
  }
  return element;
}
