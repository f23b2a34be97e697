using System.Text.Json;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.Intake.Arrivals;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Api;

/// <summary>Items arriving.</summary>
internal static class ItemsEndpoints
{
    public static void MapItems(this RouteGroupBuilder api)
    {
        RouteGroupBuilder items = api.MapGroup("items").WithTags("Items").RequireScope(Permission.SubmitItems);
        items.MapPost("async", (HttpContext context, ReceiveItems receive) =>
                AcceptAsync(
                    context, "items/async", (items, key) => receive.RunAsync(context.Program(), items, key, context.RequestAborted),
                    _ => Results.StatusCode(StatusCodes.Status202Accepted)))
            .Accepts<ItemBatchBody>("application/json").Produces(StatusCodes.Status202Accepted).Produces<ApiErrorBody>(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Send items")
            .WithDescription("All or none are taken. Once answered they are safe; their cases follow in the order of the answers. The same version of an item sent again folds into its case. While too much waits to be taken in the answer is 503 with Retry-After: send the same again then.");
        items.MapPost("", (HttpContext context, AcceptItems accept) =>
                AcceptAsync(
                    context, "items", (items, key) => accept.RunAsync(
                        context.Program(), [.. items.Select(item => new ItemSubmission(item))], CaseSource.Item, key, context.RequestAborted),
                    results => Results.Ok(new ItemResults(results))))
            .Accepts<ItemBatchBody>("application/json").Produces<ItemResults>()
            .WithSummary("Send items and learn their cases");
    }

    private static Task<IResult> AcceptAsync(
        HttpContext context, string route, Func<IReadOnlyList<JsonElement>, RequestKey?, Task<ItemsOutcome>> take, Func<IReadOnlyList<ItemResult>, IResult> answer) =>
        ApiBody.HandleAsync(context, route, async (body, key) =>
        {
            if (body.ValueKind != JsonValueKind.Object
                || !body.TryGetProperty("items", out JsonElement items) || items.ValueKind != JsonValueKind.Array)
            {
                return ApiErrors.Of(context, StatusCodes.Status400BadRequest, "The body is an object with a list named items.", "/items");
            }

            ItemsOutcome outcome = await take([.. items.EnumerateArray()], key);
            return outcome.Answer switch
            {
                IntakeAnswer.Accepted => answer(outcome.Results),
                IntakeAnswer.Refused => ApiErrors.Of(context, outcome.Problems),
                IntakeAnswer.KeyReused => ApiErrors.KeyReused(context),
                IntakeAnswer.Full => ApiErrors.Full(context),
            };
        });

    /// <summary>Answer to items that were stored.</summary>
    internal sealed record ItemResults(IReadOnlyList<ItemResult> Results);
}
