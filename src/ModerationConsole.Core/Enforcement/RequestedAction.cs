using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Enforcement;

/// <summary>A program's request held against what is known here.</summary>
internal sealed record RequestedAction(
    IReadOnlyList<ActionProblem> Problems, ActionDefinition? Action, string? TypeName, IReadOnlyList<WebhookPolicy> Policies, TargetItem? Creator, Case? Case)
{
    private const int MaxListed = 100;

    public static async Task<RequestedAction> ReadAsync(ConsoleDbContext db, ActionRequest request, CancellationToken cancellationToken)
    {
        List<ActionProblem> problems = [.. ShapeOf(request)];
        if (problems.Count > 0)
        {
            return new RequestedAction(problems, null, null, [], null, null);
        }

        ActionDefinition? action = await db.Set<ActionDefinition>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == request.ActionId && !row.Archived, cancellationToken).ConfigureAwait(false);
        if (action is null)
        {
            problems.Add(new ActionProblem("/actionId", ActionProblemCode.UnknownAction));
        }

        string[] typeIds = [.. request.ReportedItems.Select(item => item.TypeId).Append(request.ItemTypeId).Distinct(StringComparer.Ordinal)];
        Dictionary<string, string> types = await db.Set<ItemType>().Where(row => typeIds.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken).ConfigureAwait(false);
        if (!types.ContainsKey(request.ItemTypeId))
        {
            problems.Add(new ActionProblem("/itemTypeId", ActionProblemCode.UnknownItemType));
        }
        else if (action is not null && !ActionScope.Covers(action.ItemTypes, ActionTarget.Item, request.ItemTypeId, request.ItemTypeId))
        {
            problems.Add(new ActionProblem("/itemTypeId", ActionProblemCode.NotForItemType));
        }

        problems.AddRange(request.ReportedItems.Index().Where(row => !types.ContainsKey(row.Item.TypeId))
            .Select(row => new ActionProblem($"/reportedItems/{row.Index}/typeId", ActionProblemCode.UnknownItemType)));
        List<WebhookPolicy> policies = await PoliciesAsync(db, request, problems, cancellationToken).ConfigureAwait(false);
        if (action is not null)
        {
            problems.AddRange(ActionParameters.Check(ActionParameters.Parse(action.Parameters), request.Parameters, "/parameters"));
        }

        (TargetItem? creator, Case? about) = await KnownItemAsync(db, request, cancellationToken).ConfigureAwait(false);
        return new RequestedAction(problems, action, types.GetValueOrDefault(request.ItemTypeId), policies, creator, about);
    }

    private static IEnumerable<ActionProblem> ShapeOf(ActionRequest request)
    {
        foreach ((string at, string? value) in ((string, string?)[])[("/actionId", request.ActionId), ("/itemId", request.ItemId), ("/itemTypeId", request.ItemTypeId)])
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                yield return new ActionProblem(at, ActionProblemCode.Missing);
            }
            else if (value.Length > TextLength.Id)
            {
                yield return new ActionProblem(at, ActionProblemCode.TooLong);
            }
            else if (value.Any(char.IsControl))
            {
                yield return new ActionProblem(at, ActionProblemCode.Malformed);
            }
        }

        if (!HasEachKeyOnce(request.Parameters))
        {
            yield return new ActionProblem("/parameters", ActionProblemCode.Malformed);
        }

        if (request.Note is { Length: > TextLength.Note })
        {
            yield return new ActionProblem("/note", ActionProblemCode.TooLong);
        }

        if (request.PolicyIds.Count > MaxListed)
        {
            yield return new ActionProblem("/policyIds", ActionProblemCode.TooMany);
        }

        if (request.ReportedItems.Count > MaxListed)
        {
            yield return new ActionProblem("/reportedItems", ActionProblemCode.TooMany);
        }
    }

    private static bool HasEachKeyOnce(JsonObject? values)
    {
        try
        {
            // An object is read at its first use, and only then is a key that stands there twice found.
            _ = values?.Count;
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static async Task<List<WebhookPolicy>> PoliciesAsync(
        ConsoleDbContext db, ActionRequest request, List<ActionProblem> problems, CancellationToken cancellationToken)
    {
        Dictionary<string, WebhookPolicy> known = await db.Set<Policy>().Where(row => request.PolicyIds.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => new WebhookPolicy(row.Id, row.Name, row.Severity), cancellationToken).ConfigureAwait(false);
        List<WebhookPolicy> policies = [];
        foreach ((int index, string id) in request.PolicyIds.Index())
        {
            if (!known.Remove(id, out WebhookPolicy? policy))
            {
                if (policies.TrueForAll(other => other.Id != id))
                {
                    problems.Add(new ActionProblem($"/policyIds/{index}", ActionProblemCode.UnknownPolicy));
                }
            }
            else
            {
                policies.Add(policy);
            }
        }

        return policies;
    }

    private static async Task<(TargetItem? Creator, Case? About)> KnownItemAsync(ConsoleDbContext db, ActionRequest request, CancellationToken cancellationToken)
    {
        var known = await (
            from version in db.Set<ItemVersion>()
            join row in db.Set<Case>() on version.Id equals row.ItemVersionId into cases
            from about in cases.DefaultIfEmpty()
            where version.TypeId == request.ItemTypeId && version.ItemId == request.ItemId
            orderby version.ReceivedAt descending
            select new { version.CreatorTypeId, version.CreatorId, About = about }).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return known is null
            ? (null, null)
            : (known.CreatorTypeId is null || known.CreatorId is null ? null : new TargetItem(known.CreatorTypeId, known.CreatorId), known.About);
    }
}
