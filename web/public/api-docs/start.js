// Shows the API document. Requests carry the pasted token alone: the page never acts with the
// session of whoever has it open.
SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  docExpansion: 'list',
  filter: true,
  // Nothing is asked of other hosts.
  validatorUrl: null,
  requestInterceptor(request) {
    request.credentials = 'omit';
    return request;
  },
});
