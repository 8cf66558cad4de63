/// The statements that tell who may see what.
enum AccessSQL {
    static let pipeline = """
        SELECT pipeline.owner, pipeline.visibility, pipeline_share.role
        FROM pipeline LEFT JOIN pipeline_share
            ON pipeline_share.pipeline_id = pipeline.id AND pipeline_share.account = :account
        WHERE pipeline.id = :id
        """

    static let run = """
        SELECT run.owner, run.pipeline_id, pipeline.owner AS pipeline_owner
        FROM run LEFT JOIN pipeline ON pipeline.id = run.pipeline_id
        WHERE run.id = :id
        """
}
