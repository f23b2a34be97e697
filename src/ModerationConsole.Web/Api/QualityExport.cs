using ModerationConsole.Core.Access;
using ModerationConsole.Core.Quality.Figures;
using ModerationConsole.Web.Components.Quality;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Api;

/// <summary>Figures on quality as a file for signed-in people.</summary>
public static class QualityExport
{
    /// <summary>Maps <c>/quality/figures.csv</c>; it takes the filters of the page.</summary>
    public static IEndpointRouteBuilder MapQualityExport(this IEndpointRouteBuilder app)
    {
        app.MapGet("/quality/figures.csv", DownloadAsync).RequirePermission(Permission.RunQuality).ExcludeFromDescription();
        return app;
    }

    private static async Task<IResult> DownloadAsync(
        HttpContext context, ExportQualityFigures export, string? days = null, string? policy = null, string? queue = null, string? language = null, string? person = null)
    {
        if (context.User.ToPerson() is not { } caller)
        {
            return Results.Forbid();
        }

        if (await export.RunAsync(caller, FiguresQuery.Read(days, policy, queue, language, person).Question, context.RequestAborted) is not { } table)
        {
            return ProveFirst.Then("/quality" + context.Request.QueryString);
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.File(table, "text/csv; charset=utf-8", "quality.csv");
    }
}
