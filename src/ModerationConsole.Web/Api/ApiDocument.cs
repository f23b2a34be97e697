using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Api;

/// <summary>The description of the API, for programs at <c>/openapi/v1.json</c> and for people at <c>/api</c>.</summary>
internal static class ApiDocument
{
    private const string Name = "v1";
    private const string Page = "/api";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.ShouldInclude = description => description.ActionDescriptor.EndpointMetadata.OfType<ConsoleApi.Marker>().Any();
        options.AddDocumentTransformer(Describe);
        options.AddOperationTransformer(Describe);
    });

    /// <summary>Serves the document. It tells nothing that this program's source does not, so it asks for no key.</summary>
    public static void MapApiDocument(this IEndpointRouteBuilder app) => app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();

    /// <summary>Serves the page, with what its styles need beyond the console's own content policy.</summary>
    public static IApplicationBuilder UseApiPage(this IApplicationBuilder app) => app
        .UseWhen(IsPage, page => page.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy =
                "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
                + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
            return next(context);
        }))
        .UseSwaggerUI(ui =>
        {
            ui.RoutePrefix = Page[1..];
            ui.DocumentTitle = "Moderation console API";
            ui.SwaggerEndpoint($"/openapi/{Name}.json", "Version 1");
        });

    private static bool IsPage(HttpContext context) =>
        context.Request.Path.StartsWithSegments(Page, StringComparison.OrdinalIgnoreCase)
        && !context.Request.Path.StartsWithSegments(ConsoleApi.Base, StringComparison.OrdinalIgnoreCase);

    private static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Moderation console",
            Version = Name,
            Description = "Send items, reports and actions; read what came of them. Each POST honours an Idempotency-Key.",
        };
        // Where the document was read from is where the API is.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [ApiKeyHandler.ApiKeyScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = ApiKeyHandler.Header },
            [ProgramClaims.ServiceScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" },
        };
        document.Security =
        [
            .. new[] { ApiKeyHandler.ApiKeyScheme, ProgramClaims.ServiceScheme }
                .Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, document)] = [] }),
        ];
        return Task.CompletedTask;
    }

    private static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<RequiresPermissionAttribute>().LastOrDefault() is { } scope)
        {
            operation.Description = $"{operation.Description} Needs the scope {scope.Permission}.".Trim();
        }

        if (metadata.OfType<IHttpMethodMetadata>().Any(method => method.HttpMethods.Contains(HttpMethods.Post)))
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = "Idempotency-Key",
                In = ParameterLocation.Header,
                Description = "1 to 200 characters. The same key with the same body is answered the same and done once.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 200 },
            });
        }

        return Task.CompletedTask;
    }
}
