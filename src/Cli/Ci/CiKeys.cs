namespace OpencodeOtel.Cli.Ci;

/// <summary>Names of the CI/CD and VCS conventions.</summary>
internal static class CiKeys
{
    public const string PipelineName = "cicd.pipeline.name";
    public const string RunId = "cicd.pipeline.run.id";
    public const string RunUrl = "cicd.pipeline.run.url.full";
    public const string TaskName = "cicd.pipeline.task.name";
    public const string TaskRunId = "cicd.pipeline.task.run.id";
    public const string TaskRunUrl = "cicd.pipeline.task.run.url.full";
    public const string WorkerId = "cicd.worker.id";
    public const string WorkerName = "cicd.worker.name";
    public const string Provider = "vcs.provider.name";
    public const string Owner = "vcs.owner.name";
    public const string RepositoryName = "vcs.repository.name";
    public const string RepositoryUrl = "vcs.repository.url.full";
    public const string HeadName = "vcs.ref.head.name";
    public const string HeadType = "vcs.ref.head.type";
    public const string HeadRevision = "vcs.ref.head.revision";
    public const string BaseName = "vcs.ref.base.name";
    public const string ChangeId = "vcs.change.id";
}
