using ModerationConsole.Core.Media;

namespace ModerationConsole.Web.Api;

/// <summary>What a request for media names, read strictly: one spelling each, so that nothing is refused under one and served under another.</summary>
internal static class MediaRoute
{
    /// <summary>Marks the endpoint, for what runs before it.</summary>
    public static object Marker { get; } = new();

    /// <summary>Whether the request is for media.</summary>
    public static bool Is(HttpContext context) => context.GetEndpoint()?.Metadata.Contains(Marker) == true;

    /// <summary>The media object; null when what stands there is no id.</summary>
    public static Guid? Media(HttpContext context) =>
        Guid.TryParseExact(context.Request.RouteValues["id"] as string, "D", out Guid id) ? id : null;

    /// <summary>The step; null when what stands there is none.</summary>
    public static MediaStep? Step(HttpContext context) => (context.Request.RouteValues["step"] as string) switch
    {
        "0" => MediaStep.BlurredStill,
        "1" => MediaStep.GreyStill,
        "2" => MediaStep.Filtered,
        "3" => MediaStep.Original,
        _ => null,
    };

    /// <summary>Which tile is asked for; none means the whole. False when what stands there is no tile.</summary>
    public static bool TryTile(HttpRequest request, out MediaTile? tile)
    {
        tile = null;
        if (!request.Query.ContainsKey("x") && !request.Query.ContainsKey("y"))
        {
            return true;
        }

        if (Digit(request.Query["x"]) is not { } x || Digit(request.Query["y"]) is not { } y)
        {
            return false;
        }

        tile = new MediaTile(x, y);
        return tile.Exists;
    }

    private static int? Digit(Microsoft.Extensions.Primitives.StringValues values) => values is [[>= '0' and <= '9' and var digit]] ? digit - '0' : null;
}
