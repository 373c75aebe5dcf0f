// The ways in which a profile can show an API, and what a client has to find and call in each.

const ORDER = 2995;

const MODES = [
  {
    name: 'fixed',
    profile: 'developer-readonly',
    tools: ['list_collections', 'list_endpoints', 'endpoint_details', 'execute_endpoint'],
    calls: [
      { tool: 'list_collections', arguments: {} },
      { tool: 'execute_endpoint', arguments: { endpoint_id: 'getOrder', path_params: { orderId: ORDER } } },
    ],
  },
  {
    name: 'direct',
    profile: 'developer-direct',
    tools: ['getOrder', 'listOrders', 'searchCustomers'],
    calls: [{ tool: 'getOrder', arguments: { orderId: ORDER } }],
  },
];

/** The modes whose name contains a text, each with the headers of its profile and with what REST answers for the same operation. */
export async function modesOf(service, text) {
  const found = [];
  for (const mode of MODES.filter(({ name }) => name.includes(text))) {
    const access = service.profiles.find((profile) => profile.profileId === mode.profile);
    if (!access) throw new Error(`the service has no profile ${mode.profile}`);
    const headers = { Authorization: `Bearer ${access.credential}` };
    const response = await fetch(`${service.restUrl}/api/orders/${ORDER}`, { headers });
    if (!response.ok) throw new Error(`REST answered ${response.status} for order ${ORDER} with profile ${mode.profile}`);
    found.push({ ...mode, headers, order: await response.json() });
  }
  return found;
}
