using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;

namespace ModerationConsole.Core.Demo;

/// <summary>What the demo's team wrote beside its cases.</summary>
internal sealed class DemoComments(CommentOnCase commentOnCase)
{
    /// <summary>Writes the comments of the posts.</summary>
    /// <param name="people">Ids by e-mail address.</param>
    /// <param name="cases">For each post, the number of its case.</param>
    public async Task AddAsync(IReadOnlyDictionary<string, Guid> people, IReadOnlyDictionary<string, long> cases, CancellationToken cancellationToken)
    {
        foreach (DemoPost post in DemoContent.Posts.Where(post => post.Comments is not null && cases.ContainsKey(post.Id)))
        {
            foreach (DemoComment comment in post.Comments!)
            {
                CommentOutcome outcome = await commentOnCase.RunAsync(Caller.Person(people[comment.By]), cases[post.Id], comment.Text, cancellationToken).ConfigureAwait(false);
                DemoParts.Expect(outcome == CommentOutcome.Written, post.Id);
            }
        }
    }
}
