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
        report.MapPost("appeal", (HttpContext context) =>
                ApiErrors.Of(context, StatusCodes.Status501NotImplemented, "Appeals are not taken in yet."))
            .WithSummary("Send an appeal (not there yet)");
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

    /// <summary>Answer to a report that was stored.</summary>
    internal sealed record ReportAccepted(Guid ReportId);
}
