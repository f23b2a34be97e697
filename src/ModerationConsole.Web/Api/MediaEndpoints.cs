using ModerationConsole.Core.Access;
using ModerationConsole.Core.Media;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Api;

/// <summary>Steps of user-made media, for signed-in people. The only route by which media leaves the server.</summary>
public static class MediaEndpoints
{
    // Even opened by itself, nothing of it may run, load or be framed.
    private const string OwnPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";

    /// <summary>Maps <c>/media/{id}/{step}</c>.</summary>
    public static IEndpointRouteBuilder MapMedia(this IEndpointRouteBuilder app)
    {
        app.MapGet("/media/{id:guid}/{step:int}", OpenAsync).RequirePermission(Permission.ViewCases).ExcludeFromDescription();
        return app;
    }

    private static async Task<IResult> OpenAsync(HttpContext context, Guid id, int step, OpenMedia open)
    {
        if (context.User.ToPerson() is not { } person)
        {
            return Results.Forbid();
        }

        OpenedMedia opened = await open.RunAsync(person, id, step, context.RequestAborted);
        context.Response.Headers.ContentSecurityPolicy = OwnPolicy;
        context.Response.Headers.CacheControl = "no-store";
        return opened.Outcome switch
        {
            MediaGateOutcome.Allowed => Results.Stream(opened.Content!, opened.ContentType),
            MediaGateOutcome.StepNotServed or MediaGateOutcome.NotSignedIn or MediaGateOutcome.MayNotViewCases =>
                Results.StatusCode(StatusCodes.Status403Forbidden),
            // Whether there is child-safety media of this name is not said to those who may not see it.
            MediaGateOutcome.MayNotViewChildSafety or MediaGateOutcome.NotRendered => Results.NotFound(),
            _ => throw new InvalidOperationException("Unknown answer of the gate."),
        };
    }
}
