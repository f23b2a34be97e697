using System.Text.Json;
using System.Text.Json.Nodes;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Intake;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Api;

/// <summary>Public keys, the present one first.</summary>
public sealed record PublicKeysBody(IReadOnlyList<PublishedKey> Keys);

/// <summary>Actions that programs ask for, and the key that webhooks are checked with.</summary>
internal static class ActionEndpoints
{
    public static void MapActions(this RouteGroupBuilder api)
    {
        api.MapGroup("actions").WithTags("Actions").RequireScope(Permission.SubmitActions)
            .MapPost("", RequestAsync)
            .Accepts<ActionBody>("application/json").Produces(StatusCodes.Status202Accepted)
            .WithSummary("Ask for an action on an item");
        api.MapGroup("webhooks").WithTags("Actions").RequireScope(Permission.ReadPolicies)
            .MapGet("public-key", async (HttpContext context, ReadWebhookPublicKeys read) =>
                Results.Text((await read.RunAsync(context.Program(), context.RequestAborted))[0].Pem, "application/x-pem-file"))
            .Produces<string>(contentType: "application/x-pem-file")
            .WithSummary("Read the public key that checks Coop-Signature");
        api.MapGroup("webhooks").WithTags("Actions").RequireScope(Permission.ReadPolicies)
            .MapGet("public-keys", async (HttpContext context, ReadWebhookPublicKeys read) =>
                Results.Json(new PublicKeysBody(await read.RunAsync(context.Program(), context.RequestAborted)), ConsoleApi.Json))
            .Produces<PublicKeysBody>()
            .WithSummary("Read the public keys that sign now: the present one, and after a rotation the former for a while");
    }

    private static Task<IResult> RequestAsync(HttpContext context, RequestAction request) =>
        ApiBody.HandleAsync(context, "actions", async (body, key) =>
        {
            ProblemList problems = new();
            ActionRequest? read = Read(body, problems);
            if (read is null || problems.Count > 0)
            {
                return ApiErrors.Of(context, problems.Problems);
            }

            ActionRequested outcome = await request.RunAsync(context.Program(), read, key, context.RequestAborted);
            if (outcome.KeyReused)
            {
                return ApiErrors.KeyReused(context);
            }

            return outcome.EnforcementId is null
                ? ApiErrors.Of(context, outcome.Problems.Select(Explain))
                : Results.StatusCode(StatusCodes.Status202Accepted);
        });

    private static ActionRequest? Read(JsonElement body, ProblemList problems)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            problems.Input("action.shape", "", "The body is an object.");
            return null;
        }

        return new ActionRequest(Id(body, "actionId", problems), Id(body, "itemId", problems), Id(body, "itemTypeId", problems))
        {
            PolicyIds = [.. List(body, "policyIds", problems, (value, at) => value.ValueKind == JsonValueKind.String ? value.GetString() : Wrong(at, problems))],
            ReportedItems = [.. List(body, "reportedItems", problems, (value, at) =>
                value.ValueKind == JsonValueKind.Object
                && value.TryGetProperty("id", out JsonElement id) && ExternalId.Read(id) is { } itemId
                && value.TryGetProperty("typeId", out JsonElement type) && type.ValueKind == JsonValueKind.String
                    ? new TargetItem(type.GetString()!, itemId)
                    : Wrong<TargetItem>(at, problems))],
            ActorId = Text(body, "actorId", problems),
            Note = Text(body, "note", problems),
            Parameters = Given(body, "parameters", out JsonElement parameters)
                ? parameters.ValueKind == JsonValueKind.Object ? JsonObject.Create(parameters) : Wrong<JsonObject>("/parameters", problems)
                : null,
        };
    }

    private static string Id(JsonElement body, string name, ProblemList problems)
    {
        if (Given(body, name, out JsonElement value) && ExternalId.Read(value) is { } id)
        {
            return id;
        }

        problems.Input("action.id", $"/{name}", ExternalId.Rule);
        return "";
    }

    private static string? Text(JsonElement body, string name, ProblemList problems) =>
        !Given(body, name, out JsonElement value) ? null : value.ValueKind == JsonValueKind.String ? value.GetString() : Wrong($"/{name}", problems);

    private static IEnumerable<T> List<T>(JsonElement body, string name, ProblemList problems, Func<JsonElement, string, T?> read)
        where T : class
    {
        if (!Given(body, name, out JsonElement list))
        {
            return [];
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            _ = Wrong($"/{name}", problems);
            return [];
        }

        return [.. list.EnumerateArray().Select((value, place) => read(value, $"/{name}/{place}")).OfType<T>()];
    }

    private static string? Wrong(string at, ProblemList problems) => Wrong<string>(at, problems);

    private static T? Wrong<T>(string at, ProblemList problems)
        where T : class
    {
        problems.Input("action.shape", at, "This has the wrong shape.");
        return null;
    }

    private static bool Given(JsonElement body, string name, out JsonElement value) =>
        body.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    private static IntakeProblem Explain(ActionProblem problem) => new(
        problem.Code == ActionProblemCode.UnknownItemType ? ProblemKind.UnknownItemType : ProblemKind.InvalidInput,
        problem.Code.ToString(),
        problem.Pointer,
        problem.Code switch
        {
            ActionProblemCode.UnknownAction => "There is no such action.",
            ActionProblemCode.NotForItemType => "This action is not made for that item type.",
            ActionProblemCode.NotForTarget => "This action is not made for that target.",
            ActionProblemCode.UnknownTarget => "The target is not known.",
            ActionProblemCode.TooMany => "These are too many.",
            ActionProblemCode.ParameterMissing => "This parameter is required.",
            ActionProblemCode.ParameterUnknown => "The action has no such parameter.",
            ActionProblemCode.ParameterWrong => "This parameter has the wrong type or is none of the choices.",
            ActionProblemCode.UnknownItemType => "This item type is not defined.",
            ActionProblemCode.UnknownPolicy => "There is no such policy.",
            ActionProblemCode.Missing => "This is required.",
            ActionProblemCode.TooLong => "This is too long.",
            ActionProblemCode.Malformed => "This holds control characters, or a key twice.",
        });
}
