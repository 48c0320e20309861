export async function cards() {}
