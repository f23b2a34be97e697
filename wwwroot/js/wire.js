// What .NET hands over packed into one text (ScriptJson.cs): a circuit keeps what it learnt of every type that it ever passed by itself.

/** Unpacks it; what is no text is handed on as it is. */
export function unpack(value) {
  return typeof value === 'string' ? JSON.parse(value) : value ?? undefined;
}
