using System.Globalization;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Intake;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Api;

/// <summary>Reports and appeals arriving.</summary>
internal static class ReportEndpoints
{
    public static void MapReports(this RouteGroupBuilder api)
    {
        RouteGroupBuilder report = api.MapGroup("report").WithTags("Reports").RequireScope(Permission.SubmitReports);
        report.MapPost("", ReportAsync)
            .Accepts<ReportBody>("application/json").Produces<ReportAccepted>(StatusCodes.Status201Created)
            .WithSummary("Send a report")
            .WithDescription("Folds into the open case of the reported item version, or opens its decided case again.");
        report.MapPost("appeal", AppealAsync)
            .Accepts<AppealBody>("application/json").Produces(StatusCodes.Status204NoContent)
            .WithSummary("Send an appeal")
            .WithDescription("""
                Against a decision in force that took one of the actions on the item: by the account that it is about, or, with "kind": "complaint",
                by someone whose report was refused. The answer has no body; the headers Appeal-Receipt, Appeal-Number, Appeal-Received and
                Appeal-Due are the receipt. Unknown actions, and an item on which no decision is in force, are refused (400). An account may
                appeal once against a decision, again only with an additional item that did not come before (409).
                """);
    }

    private static Task<IResult> ReportAsync(HttpContext context, AcceptReport accept) =>
        ApiBody.HandleAsync(context, "report", async (body, key) =>
        {
            ReportOutcome outcome = await accept.RunAsync(context.Program(), body, key, context.RequestAborted);
            return outcome.Answer switch
            {
                IntakeAnswer.Accepted => Results.Json(new ReportAccepted(outcome.ReportId), statusCode: StatusCodes.Status201Created),
                IntakeAnswer.Refused => ApiErrors.Of(context, outcome.Problems),
                IntakeAnswer.KeyReused => ApiErrors.KeyReused(context),
                IntakeAnswer.Full => ApiErrors.Full(context),
            };
        });

    private static Task<IResult> AppealAsync(HttpContext context, AcceptAppeal accept) =>
        ApiBody.HandleAsync(context, "report/appeal", async (body, key) =>
        {
            AppealOutcome outcome = await accept.RunAsync(context.Program(), body, key, context.RequestAborted);
            return outcome.Answer switch
            {
                IntakeAnswer.Accepted => Received(context, outcome.Receipt!),
                IntakeAnswer.Refused when outcome.Repeated => ApiErrors.Of(
                    context, StatusCodes.Status409Conflict, outcome.Problems[0].Detail, outcome.Problems[0].Pointer),
                IntakeAnswer.Refused => ApiErrors.Of(context, outcome.Problems),
                IntakeAnswer.KeyReused => ApiErrors.KeyReused(context),
                IntakeAnswer.Full => ApiErrors.Full(context),
            };
        });

    // The peer's answer has no body, so the receipt is in the headers.
    private static IResult Received(HttpContext context, AppealReceipt receipt)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers["Appeal-Receipt"] = receipt.Id.ToString();
        headers["Appeal-Number"] = receipt.Number.ToString(CultureInfo.InvariantCulture);
        headers["Appeal-Received"] = receipt.ReceivedAt.ToString("O", CultureInfo.InvariantCulture);
        headers["Appeal-Due"] = receipt.DueAt.ToString("O", CultureInfo.InvariantCulture);
        return Results.NoContent();
    }

    /// <summary>Answer to a report that was stored.</summary>
    internal sealed record ReportAccepted(Guid ReportId);
}
