using ModerationConsole.Core.Access;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.Notices;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Api;

/// <summary>Legal notices and orders arriving.</summary>
internal static class NoticeEndpoints
{
    public static void MapNotices(this RouteGroupBuilder api) => api.MapGroup("notices").WithTags("Notices").RequireScope(Permission.SubmitReports)
        .MapPost("", NoticeAsync)
        .Accepts<NoticeBody>("application/json").Produces<NoticeReceipt>(StatusCodes.Status201Created)
        .WithSummary("Send a legal notice or order")
        .WithDescription("""
            Each item folds into its open case, opens one, or opens a decided one again; the notice's clock runs from when it was received and
            governs how soon the case is offered. The answer is the receipt. The same notice sent again is answered with the same receipt and
            makes no second case and no second clock.
            """);

    private static Task<IResult> NoticeAsync(HttpContext context, AcceptNotice accept) =>
        ApiBody.HandleAsync(context, "notices", async (body, key) =>
        {
            NoticeReceived outcome = await accept.RunAsync(context.Program(), body, key, context.RequestAborted);
            return outcome.Answer switch
            {
                IntakeAnswer.Accepted => Results.Json(outcome.Receipt, statusCode: StatusCodes.Status201Created),
                IntakeAnswer.Refused => ApiErrors.Of(context, outcome.Problems),
                IntakeAnswer.KeyReused => ApiErrors.KeyReused(context),
                IntakeAnswer.Full => ApiErrors.Full(context),
            };
        });
}
