using System.Globalization;
using Microsoft.Net.Http.Headers;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Media;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Api;

/// <summary>Steps of user-made media, for signed-in people. The only route by which media leaves the server.</summary>
public static class MediaEndpoints
{
    private const string Reveal = "reveal";

    // Even opened by itself, nothing of it may run, load or be framed.
    private const string OwnPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";

    // What pages load media as. Opened by itself it would escape its veil, and everything that hides.
    private static readonly string[] s_pageUses = ["image", "video", "audio", "empty"];

    /// <summary>Maps <c>/media/{id}/{step}</c>, for every method: what is refused is recorded here, whatever it is.</summary>
    public static IEndpointRouteBuilder MapMedia(this IEndpointRouteBuilder app)
    {
        app.Map("/media/{id}/{step}", OpenAsync).RequirePermission(Permission.ViewCases).WithMetadata(MediaRoute.Marker).ExcludeFromDescription();
        return app;
    }

    private static async Task<IResult> OpenAsync(HttpContext context, OpenMedia open, MediaDenials denials)
    {
        context.Response.Headers.ContentSecurityPolicy = OwnPolicy;
        context.Response.Headers.CacheControl = "no-store";
        if (context.User.ToPerson() is not { } person)
        {
            return Results.Forbid();
        }

        if (MediaRoute.Media(context) is not { } media)
        {
            return Results.NotFound();
        }

        MediaStep? step = MediaRoute.Step(context);
        MediaGateOutcome outcome = Before(context.Request, step, out MediaTile? tile);
        if (outcome != MediaGateOutcome.Allowed)
        {
            await denials.RecordAsync(person, media, step, outcome, context.RequestAborted);
            return Answer(outcome);
        }

        OpenedMedia opened = await open.RunAsync(person, media, step!.Value, RevealOf(context.Request), tile, context.RequestAborted);
        return opened.Outcome == MediaGateOutcome.Allowed ? Serve(context, opened, step.Value) : Answer(opened.Outcome);
    }

    private static MediaGateOutcome Before(HttpRequest request, MediaStep? step, out MediaTile? tile)
    {
        tile = null;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            return MediaGateOutcome.MethodNotAllowed;
        }

        if (step is null)
        {
            return MediaGateOutcome.NoSuchStep;
        }

        if (!MediaRoute.TryTile(request, out tile))
        {
            return MediaGateOutcome.NoSuchTile;
        }

        // Browsers say what a request is for; what does not say so must still name its reveal.
        string use = request.Headers["Sec-Fetch-Dest"].ToString();
        string from = request.Headers["Sec-Fetch-Site"].ToString();
        return step != MediaStep.BlurredStill && ((use.Length > 0 && !s_pageUses.Contains(use)) || (from.Length > 0 && from != "same-origin"))
            ? MediaGateOutcome.NotFromPage
            : MediaGateOutcome.Allowed;
    }

    private static IResult Serve(HttpContext context, OpenedMedia opened, MediaStep step)
    {
        string type = opened.ContentType!;
        string ending = type[(type.IndexOf('/', StringComparison.Ordinal) + 1)..];
        context.Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"inline; filename=\"media-step-{(int)step}.{ending}\"");
        // Nothing is kept of it, so there is nothing that a part could be compared with: such a request gets the whole.
        string range = context.Request.Headers.Range.ToString();
        bool parts = !type.StartsWith("image/", StringComparison.Ordinal) && !context.Request.Headers.ContainsKey(HeaderNames.IfRange)
            && (range.Length == 0 || range.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase));
        return Results.Stream(opened.Content!, type, enableRangeProcessing: parts);
    }

    private static IResult Answer(MediaGateOutcome outcome) => outcome switch
    {
        // Whether there is media of this name is not said to those who may not see it.
        MediaGateOutcome.MayNotViewChildSafety or MediaGateOutcome.NotRendered or MediaGateOutcome.NoCase or MediaGateOutcome.NoSuchStep
            or MediaGateOutcome.NoSuchTile => Results.NotFound(),
        MediaGateOutcome.MethodNotAllowed => Results.StatusCode(StatusCodes.Status405MethodNotAllowed),
        _ => Results.StatusCode(StatusCodes.Status403Forbidden),
    };

    // Exactly one, spelled as it was given.
    private static Guid? RevealOf(HttpRequest request) =>
        request.Query.TryGetValue(Reveal, out Microsoft.Extensions.Primitives.StringValues values) && values is [{ } text]
        && Guid.TryParseExact(text, "D", out Guid id) ? id : null;
}
