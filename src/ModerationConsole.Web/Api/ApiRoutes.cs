using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Template;

namespace ModerationConsole.Web.Api;

/// <summary>Says why a request found no resource of the API.</summary>
public sealed class ApiRoutes(EndpointDataSource endpoints)
{
    /// <summary>The status that explains it, and with 405 the methods that the address takes.</summary>
    public (int Status, string Allow) Explain(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        RouteEndpoint[] here = [.. endpoints.Endpoints.OfType<RouteEndpoint>().Where(endpoint =>
            endpoint.Metadata.GetMetadata<ConsoleApi.Marker>() is not null
            && new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(request.Path, []))];
        RouteEndpoint[] taking = [.. here.Where(endpoint => MethodsOf(endpoint).Contains(request.Method, StringComparer.OrdinalIgnoreCase))];
        if (here.Length > 0 && taking.Length == 0)
        {
            return (StatusCodes.Status405MethodNotAllowed, string.Join(", ", here.SelectMany(MethodsOf).Distinct(StringComparer.OrdinalIgnoreCase)));
        }

        // Address and method fit: it was the body's media type, or else a number in the address that is none.
        return (
            taking.Any(endpoint => endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is not null)
                ? StatusCodes.Status415UnsupportedMediaType
                : StatusCodes.Status404NotFound,
            "");
    }

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
}
