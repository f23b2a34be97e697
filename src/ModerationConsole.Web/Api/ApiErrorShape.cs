using ModerationConsole.Core.Access;

namespace ModerationConsole.Web.Api;

/// <summary>Gives every failure under <see cref="ConsoleApi.Base"/> the one error shape, also those that no endpoint sees.</summary>
public sealed partial class ApiErrorShape(RequestDelegate next, ApiRoutes routes, ILogger<ApiErrorShape> log)
{
    /// <summary>Runs the request and catches what fails.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<ConsoleApi.Marker>() is not null)
            {
                await next(context);
                return;
            }

            // No resource of ours: the pages' own fallback must not answer a program.
            (int status, string allow) = routes.Explain(context.Request);
            if (allow.Length > 0)
            {
                context.Response.Headers.Allow = allow;
            }

            await ApiErrors.WriteAsync(context, status);
        }
        catch (PermissionDeniedException error)
        {
            await ApiErrors.WriteAsync(context, StatusCodes.Status403Forbidden, $"The scope {error.Permission} is needed.");
        }
        catch (BadHttpRequestException error)
        {
            await ApiErrors.WriteAsync(context, error.StatusCode);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
        }
#pragma warning disable CA1031 // whatever fails, the program gets an answer in the shape it knows
        catch (Exception error)
#pragma warning restore CA1031
        {
            // Not the message: it may hold what was sent.
            LogFailure(ApiErrors.RequestIdOf(context), error.GetType().Name, error.StackTrace);
            await ApiErrors.WriteAsync(context, StatusCodes.Status500InternalServerError);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} failed: {Error}\n{StackTrace}")]
    private partial void LogFailure(string requestId, string error, string? stackTrace);
}
