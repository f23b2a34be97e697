using System.Globalization;
using System.Net.Mime;
using System.Text.Json;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Proofs;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Api;

/// <summary>Signed heads and proofs of the audit, for programs that keep or check them, and as files for signed-in people.</summary>
public static class AuditEndpoints
{
    internal static void MapAudit(this RouteGroupBuilder api)
    {
        RouteGroupBuilder audit = api.MapGroup("audit").WithTags("Audit").RequireScope(Permission.ViewAudit);
        audit.MapGet("heads/latest", NewestAsync).Produces<ProofHead>().WithSummary("Read the newest signed tree head")
            .WithDescription("The signature is over TreeHeadDataV2 of RFC 9162. Whoever keeps heads can later show that nothing they covered was changed.");
        audit.MapGet("heads/consistency", ProveConsistencyAsync).Produces<ConsistencyDocument>().WithSummary("Prove that a later head begins with all of an earlier one")
            .WithDescription("from and to are the sizes of two signed heads; without to it is the newest. Whoever kept the earlier head checks with the path that nothing it covered was changed since. 404 where there is no such head.");
        audit.MapGet("cases/{number:long}/proof", ProveAsync).Produces<ProofDocument>().WithSummary("Prove the entries about a case")
            .WithDescription("Each entry with its inclusion proof, the signed head and the public key. It leaves out entries of the last second, which no head covers yet. 404 until the first is covered.");
    }

    /// <summary>Maps <c>/audit/cases/{number}/proof</c>, a file for whoever may see the audit.</summary>
    public static IEndpointRouteBuilder MapProofDownloads(this IEndpointRouteBuilder app)
    {
        app.MapGet("/audit/cases/{number:long}/proof", DownloadAsync).RequirePermission(Permission.ViewAudit).ExcludeFromDescription();
        return app;
    }

    private static async Task<IResult> NewestAsync(HttpContext context, GetNewestHead newest) =>
        await newest.RunAsync(context.Program(), context.RequestAborted) is { } head
            ? Results.Json(head, ConsoleApi.Json)
            : ApiErrors.Of(context, StatusCodes.Status404NotFound);

    private static async Task<IResult> ProveAsync(HttpContext context, ProveCase prove, long number)
    {
        Proved proved = await prove.RunAsync(context.Program(), number, context.RequestAborted);
        return proved.Outcome switch
        {
            ProveOutcome.Proved => Results.Json(proved.Document, ProofDocument.Json),
            ProveOutcome.Missing or ProveOutcome.NotYet => ApiErrors.Of(context, StatusCodes.Status404NotFound),
            ProveOutcome.Broken => ApiErrors.Of(context, StatusCodes.Status500InternalServerError),
            _ => throw new InvalidOperationException("Unknown outcome."),
        };
    }

    private static async Task<IResult> ProveConsistencyAsync(HttpContext context, ProveConsistency prove, string? from = null, string? to = null)
    {
        if (Size(from) is not { } first || (to is not null && Size(to) is null))
        {
            return ApiErrors.Of(context, StatusCodes.Status400BadRequest, "from, and to where it is given, are the sizes of signed heads.");
        }

        ProvedConsistency proved = await prove.RunAsync(context.Program(), first, Size(to), context.RequestAborted);
        return proved.Outcome switch
        {
            ProveOutcome.Proved => Results.Json(proved.Document, ProofDocument.Json),
            ProveOutcome.Missing or ProveOutcome.NotYet => ApiErrors.Of(context, StatusCodes.Status404NotFound),
            ProveOutcome.Broken => ApiErrors.Of(context, StatusCodes.Status500InternalServerError),
            _ => throw new InvalidOperationException("Unknown outcome."),
        };
    }

    private static long? Size(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long size) ? size : null;

    private static async Task<IResult> DownloadAsync(HttpContext context, ProveCase prove, long number)
    {
        if (context.User.ToPerson() is not { } person)
        {
            return Results.Forbid();
        }

        Proved proved = await prove.RunAsync(person, number, context.RequestAborted);
        if (proved.Outcome == ProveOutcome.ProveFirst)
        {
            return ProveFirst.Then(string.Create(CultureInfo.InvariantCulture, $"/cases/{number}"));
        }

        context.Response.Headers.CacheControl = "no-store";
        return proved.Document is { } document
            ? Results.File(
                JsonSerializer.SerializeToUtf8Bytes(document, ProofDocument.Json), MediaTypeNames.Application.Json,
                string.Create(CultureInfo.InvariantCulture, $"case-{number}-proof.json"))
            : Results.NotFound();
    }
}
