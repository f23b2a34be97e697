using Microsoft.AspNetCore.Routing.Template;

namespace ModerationConsole.Web.Api;

/// <summary>Which methods the resources of the API take, for requests that found none of them.</summary>
public sealed class ApiRoutes(EndpointDataSource endpoints)
{
    /// <summary>The methods of the resource at an address; none where there is no resource.</summary>
    public IEnumerable<string> MethodsAt(PathString path) => endpoints.Endpoints
        .OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<ConsoleApi.Marker>() is not null
            && new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, []))
        .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
        .Distinct(StringComparer.OrdinalIgnoreCase);
}
