using System.Diagnostics;
using System.Text.Json.Serialization;
using ModerationConsole.Core.Intake;

namespace ModerationConsole.Web.Api;

/// <summary>One error as programs read it.</summary>
public sealed record ApiError(
    int Status,
    IReadOnlyList<string> Type,
    string Title,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Pointer = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RequestId = null);

/// <summary>The body of every answer that is no success: <c>{"errors":[…]}</c>.</summary>
public sealed record ApiErrorBody(IReadOnlyList<ApiError> Errors);

/// <summary>Makes errors. Nothing that was sent is repeated in them.</summary>
public static class ApiErrors
{
    private const string InvalidInput = "/errors/invalid-user-input";

    /// <summary>What the errors of a request carry, so that its trace is found.</summary>
    public static string RequestIdOf(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
    }

    /// <summary>The mistakes that intake found.</summary>
    public static IResult Of(HttpContext context, IEnumerable<IntakeProblem> problems)
    {
        string requestId = RequestIdOf(context);
        return Answer(StatusCodes.Status400BadRequest, problems.Select(problem => problem.Kind switch
        {
            ProblemKind.InvalidInput => new ApiError(400, [InvalidInput], "The request has the wrong shape.", problem.Detail, problem.Pointer, requestId),
            ProblemKind.UnknownItemType => new ApiError(400, ["/errors/unrecognized-content-type"], "The item type is not known.", problem.Detail, problem.Pointer, requestId),
            ProblemKind.DataInvalid => new ApiError(400, ["/errors/data-invalid-for-item-type"], "The data does not fit the item type.", problem.Detail, problem.Pointer, requestId),
        }));
    }

    /// <summary>The Idempotency-Key came with another body before.</summary>
    public static IResult KeyReused(HttpContext context) =>
        Of(context, StatusCodes.Status409Conflict, "This Idempotency-Key came with another body before.");

    /// <summary>So much waits to be taken in that more must come later.</summary>
    public static IResult Full(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.Headers.RetryAfter = "5";
        return Of(context, StatusCodes.Status503ServiceUnavailable, "Too much waits to be taken in. Nothing of this request was stored; send the same again later.");
    }

    /// <summary>One error by its status.</summary>
    public static IResult Of(HttpContext context, int status, string? detail = null, string? pointer = null) =>
        Answer(status, [Make(context, status, detail, pointer)]);

    /// <summary>Writes one error by its status, unless something was sent already.</summary>
    public static Task WriteAsync(HttpContext context, int status, string? detail = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Response.HasStarted ? Task.CompletedTask : Of(context, status, detail).ExecuteAsync(context);
    }

    private static IResult Answer(int status, IEnumerable<ApiError> errors) =>
        Results.Json(new ApiErrorBody([.. errors]), statusCode: status);

    private static ApiError Make(HttpContext context, int status, string? detail, string? pointer)
    {
        (string type, string title) = status switch
        {
            401 => ("/errors/authentication-failed-or-missing", "The API key is missing or not valid."),
            403 => ("/errors/authorization-failed", "The API key may not do this."),
            404 => ("/errors/not-found", "There is nothing here."),
            405 => (InvalidInput, "This method is not for this address."),
            409 => ("/errors/conflict", "The request contradicts an earlier one."),
            413 => (InvalidInput, "The body is too large."),
            415 => (InvalidInput, "The body is not JSON."),
            429 => ("/errors/too-many-requests", "Too many requests."),
            503 => ("/errors/service-unavailable", "The console cannot take this now."),
            501 => ("/errors/not-implemented", "This is not there yet."),
            >= 500 => ("/errors/internal-server-error", "Something went wrong here."),
            _ => (InvalidInput, "The request has the wrong shape."),
        };
        return new ApiError(status, [type], title, detail, pointer, RequestIdOf(context));
    }
}
