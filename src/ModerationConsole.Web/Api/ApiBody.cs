using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Intake;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Api;

/// <summary>The JSON body of a request, read within bounds.</summary>
internal sealed class ApiBody : IDisposable
{
    private readonly JsonDocument _document;
    private readonly byte[] _bytes;

    private ApiBody(JsonDocument document, byte[] bytes) => (_document, _bytes) = (document, bytes);

    /// <summary>Reads body and Idempotency-Key and hands them on, or answers what is wrong with them.</summary>
    /// <param name="route">What is asked, whatever the address is spelt like: a key is good for one route.</param>
    public static async Task<IResult> HandleAsync(HttpContext context, string route, Func<JsonElement, RequestKey?, Task<IResult>> handle)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(handle);
        (ApiBody? body, IResult? problem) = await ReadAsync(context);
        if (body is null)
        {
            return problem!;
        }

        using (body)
        {
            StringValues header = context.Request.Headers["Idempotency-Key"];
            if (header.Count == 0)
            {
                return await handle(body._document.RootElement, null);
            }

            return header is [{ Length: > 0 and <= 200 } key]
                ? await handle(body._document.RootElement, RequestKey.Of(context.Program().Id, route, key, body._bytes))
                : ApiErrors.Of(context, StatusCodes.Status400BadRequest, "An Idempotency-Key has 1 to 200 characters.");
        }
    }

    public void Dispose() => _document.Dispose();

    private static async Task<(ApiBody? Body, IResult? Problem)> ReadAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (!request.HasJsonContentType() || request.Headers.ContentEncoding.Count > 0)
        {
            return (null, ApiErrors.Of(context, StatusCodes.Status415UnsupportedMediaType));
        }

        long limit = context.RequestServices.GetRequiredService<IOptions<ApiOptions>>().Value.MaxBodyBytes;
        byte[]? bytes;
        try
        {
            bytes = request.ContentLength > limit ? null : await ReadBytesAsync(request.BodyReader, limit, context.RequestAborted);
        }
        catch (IOException error) when (error is not BadHttpRequestException)
        {
            // Chunks of impossible sizes, for one: the sender's fault, not ours.
            throw new BadHttpRequestException("The body could not be read.", error);
        }

        if (bytes is null)
        {
            // What is left of the body is not worth reading.
            context.Response.Headers.Connection = "close";
            return (null, ApiErrors.Of(context, StatusCodes.Status413PayloadTooLarge, $"A body has at most {limit} bytes."));
        }

        return JsonText.TryParse(bytes, out JsonDocument? document)
            ? (new ApiBody(document, bytes), null)
            : (null, ApiErrors.Of(context, StatusCodes.Status400BadRequest,
                $"The body is not one JSON value in UTF-8, at most {JsonText.MaxDepth} levels deep, with no key twice in one object."));
    }

    private static async Task<byte[]?> ReadBytesAsync(PipeReader reader, long limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult result = await reader.ReadAsync(cancellationToken);
            ReadOnlySequence<byte> buffer = result.Buffer;
            if (buffer.Length > limit)
            {
                reader.AdvanceTo(buffer.End);
                return null;
            }

            if (result.IsCompleted)
            {
                byte[] bytes = buffer.ToArray();
                reader.AdvanceTo(buffer.End);
                return bytes;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }
}
