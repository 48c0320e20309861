export async function access() {}
